"""Schools that hold fairs. 学校"""
