"""How long a line takes: ranges with a chance, kept as promises and scored. 等候预测"""
