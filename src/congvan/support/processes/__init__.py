"""Worker processes and foreign programs: started, limited, kept warm, ended together with their files."""
