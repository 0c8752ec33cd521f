"""Ways back to a forgotten password: a code to a known address, an appeal, staff. 找回密码"""
