"""Video rooms 视频房间: who may enter, signals between the two sides, the talk clock."""
