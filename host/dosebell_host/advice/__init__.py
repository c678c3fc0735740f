"""What `dosebell check` knows of vitamins D3 and K2: facts, rules with sources, and their judge.

Reference data for a reminder, never a medical device: it prints cautions and points to a
pharmacist, a doctor or the anticoagulant clinic, and never tells anyone to start, stop or change a
medicine.
"""
