"""Game days: the events of an assessment as experiments, with what they should do, what notices them and how they end.

Nothing here touches an account: the tables say what AWS Fault Injection Service and people can do, and the plan says
which of it proves which prediction.
"""
