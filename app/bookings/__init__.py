"""Employers book a fair: floor plan, registration, review, changes. 单位预定、报名参会"""
