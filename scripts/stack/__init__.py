"""The whole product on one machine: which processes it has, in which order they live."""
