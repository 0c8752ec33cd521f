"""Employers, their recruiters and what staff record of them. 用人单位"""
