"""Employers book a fair: floor plan, enrolment, review, changes. 单位预定、报名参会"""
