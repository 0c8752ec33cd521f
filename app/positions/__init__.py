"""Openings that employers bring to a fair. 岗位"""
