"""Job seekers, their résumés and how complete those are. 求职者、简历"""
