"""Best practices of the Reliability pillar of AWS Well-Architected, to which rules refer by id (REL10-BP01)."""

from __future__ import annotations

_FRAMEWORK_URL = "https://docs.aws.amazon.com/wellarchitected/latest/framework/"

_PRACTICES = """\
REL01-BP01 manage_service_limits_aware_quotas_and_constraints Aware of service quotas and constraints
REL01-BP02 manage_service_limits_limits_considered Manage service quotas across accounts and regions
REL01-BP03 manage_service_limits_aware_fixed_limits Accommodate fixed service quotas and constraints through architecture
REL01-BP04 manage_service_limits_monitor_manage_limits Monitor and manage quotas
REL01-BP05 manage_service_limits_automated_monitor_limits Automate quota management
REL01-BP06 manage_service_limits_suff_buffer_limits Ensure that a sufficient gap exists between the current quotas and the maximum usage to accommodate failover
REL02-BP01 planning_network_topology_ha_conn_users Use highly available network connectivity for your workload public endpoints
REL02-BP02 planning_network_topology_ha_conn_private_networks Provision redundant connectivity between private networks in the cloud and on-premises environments
REL02-BP03 planning_network_topology_ip_subnet_allocation Ensure IP subnet allocation accounts for expansion and availability
REL02-BP04 planning_network_topology_prefer_hub_and_spoke Prefer hub-and-spoke topologies over many-to-many mesh
REL02-BP05 planning_network_topology_non_overlap_ip Enforce non-overlapping private IP address ranges in all private address spaces where they are connected
REL03-BP01 service_architecture_monolith_soa_microservice Choose how to segment your workload
REL03-BP02 service_architecture_business_domains Build services focused on specific business domains and functionality
REL03-BP03 service_architecture_api_contracts Provide service contracts per API
REL04-BP01 prevent_interaction_failure_identify Identify the kind of distributed systems you depend on
REL04-BP02 prevent_interaction_failure_loosely_coupled_system Implement loosely coupled dependencies
REL04-BP03 prevent_interaction_failure_constant_work Do constant work
REL04-BP04 prevent_interaction_failure_idempotent Make mutating operations idempotent
REL05-BP01 mitigate_interaction_failure_graceful_degradation Implement graceful degradation to transform applicable hard dependencies into soft dependencies
REL05-BP02 mitigate_interaction_failure_throttle_requests Throttle requests
REL05-BP03 mitigate_interaction_failure_limit_retries Control and limit retry calls
REL05-BP04 mitigate_interaction_failure_fail_fast Fail fast and limit queues
REL05-BP05 mitigate_interaction_failure_client_timeouts Set client timeouts
REL05-BP06 mitigate_interaction_failure_stateless Make systems stateless where possible
REL05-BP07 mitigate_interaction_failure_emergency_levers Implement emergency levers
REL06-BP01 monitor_aws_resources_monitor_resources Monitor all components for the workload (Generation)
REL06-BP02 monitor_aws_resources_notification_aggregation Define and calculate metrics (Aggregation)
REL06-BP03 monitor_aws_resources_notification_monitor Send notifications (Real-time processing and alarming)
REL06-BP04 monitor_aws_resources_automate_response_monitor Automate responses (Real-time processing and alarming)
REL06-BP05 monitor_aws_resources_storage_analytics Analyze logs
REL06-BP06 monitor_aws_resources_review_monitoring Regularly review monitoring scope and metrics
REL06-BP07 monitor_aws_resources_end_to_end Monitor end-to-end tracing of requests through your system
REL07-BP01 adapt_to_changes_autoscale_adapt Use automation when obtaining or scaling resources
REL07-BP02 adapt_to_changes_reactive_adapt_auto Obtain resources upon detection of impairment to a workload
REL07-BP03 adapt_to_changes_proactive_adapt_auto Obtain resources upon detection that more resources are needed for a workload
REL07-BP04 adapt_to_changes_load_tested_adapt Load test your workload
REL08-BP01 tracking_change_management_planned_changemgmt Use runbooks for standard activities such as deployment
REL08-BP02 tracking_change_management_functional_testing Integrate functional testing as part of your deployment
REL08-BP03 tracking_change_management_resiliency_testing Integrate resiliency testing as part of your deployment
REL08-BP04 tracking_change_management_immutable_infrastructure Deploy using immutable infrastructure
REL08-BP05 tracking_change_management_automated_changemgmt Deploy changes with automation
REL09-BP01 backing_up_data_identified_backups_data Identify and back up all data that needs to be backed up, or reproduce the data from sources
REL09-BP02 backing_up_data_secured_backups_data Secure and encrypt backups
REL09-BP03 backing_up_data_automated_backups_data Perform data backup automatically
REL09-BP04 backing_up_data_periodic_recovery_testing_data Perform periodic recovery of the data to verify backup integrity and processes
REL10-BP01 fault_isolation_multiaz_region_system Deploy the workload to multiple locations
REL10-BP02 fault_isolation_single_az_system Automate recovery for components constrained to a single location
REL10-BP03 fault_isolation_use_bulkhead Use bulkhead architectures to limit scope of impact
REL11-BP01 withstand_component_failures_monitoring_health Monitor all components of the workload to detect failures
REL11-BP02 withstand_component_failures_failover2good Fail over to healthy resources
REL11-BP03 withstand_component_failures_auto_healing_system Automate healing on all layers
REL11-BP04 withstand_component_failures_avoid_control_plane Rely on the data plane and not the control plane during recovery
REL11-BP05 withstand_component_failures_static_stability Use static stability to prevent bimodal behavior
REL11-BP06 withstand_component_failures_notifications_sent_system Send notifications when events impact availability
REL11-BP07 withstand_component_failures_service_level_agreements Architect your product to meet availability targets and uptime service level agreements (SLAs)
REL12-BP01 testing_resiliency_playbook_resiliency Use playbooks to investigate failures
REL12-BP02 testing_resiliency_rca_resiliency Perform post-incident analysis
REL12-BP03 testing_resiliency_test_non_functional Test scalability and performance requirements
REL12-BP04 testing_resiliency_failure_injection_resiliency Test resiliency using chaos engineering
REL12-BP05 testing_resiliency_game_days_resiliency Conduct game days regularly
REL13-BP01 planning_for_recovery_objective_defined_recovery Define recovery objectives for downtime and data loss
REL13-BP02 planning_for_recovery_disaster_recovery Use defined recovery strategies to meet the recovery objectives
REL13-BP03 planning_for_recovery_dr_tested Test disaster recovery implementation to validate the implementation
REL13-BP04 planning_for_recovery_config_drift Manage configuration drift at the DR site or Region
REL13-BP05 planning_for_recovery_auto_recovery Automate recovery
"""  # noqa: E501 - a table reads best with one row a line

PILLAR: dict[str, tuple[str, str]] = {
    practice: (title, f"{_FRAMEWORK_URL}rel_{page}.html")
    for practice, page, title in (row.split(" ", 2) for row in _PRACTICES.splitlines())
}
"""Title and URL of every best practice by its id, in the numbering of November 2024."""

UNCHECKED: dict[str, str] = {
    "REL01-BP04": "Usage against a quota is known to the account, not to a template.",
    "REL03-BP02": "Where one business domain ends is a decision that leaves no trace in a template.",
    "REL03-BP03": "Contracts are part of the API definition; that one is there says nothing about its quality.",
    "REL04-BP01": "It asks for an analysis of the design, which is a document.",
    "REL04-BP03": "Whether the work is constant depends on the program, not on its resources.",
    "REL05-BP06": "State is kept by programs; a template shows at most that a load balancer pins sessions.",
    "REL06-BP06": "A review is something that people do.",
    "REL06-BP07": "Traces pass through programs; a switch on single resources does not make a trace.",
    "REL07-BP04": "A load test is run, not deployed.",
    "REL08-BP01": "A runbook is a document; its quality cannot be read from a template.",
    "REL11-BP07": "It needs an availability target and the agreements of everything that the workload depends on.",
    "REL12-BP01": "A playbook is a document.",
    "REL12-BP02": "An analysis after an incident is something that people do.",
    "REL12-BP03": "A test of scalability is run, not deployed.",
    "REL12-BP05": "A game day is something that people do.",
    "REL13-BP03": "A recovery test is run, not deployed.",
}
"""The reason why templates cannot show it, for each best practice without a rule."""
