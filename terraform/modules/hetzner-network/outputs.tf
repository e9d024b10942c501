output "network_id" {
  description = "Id of the private network; `BACKUP_NETWORK_ID` of functions/backup."
  value       = hcloud_network.this.id
}

output "nodes_subnet_id" {
  description = "Id of the nodes' subnet."
  value       = hcloud_network_subnet.nodes.id
}

output "nodes_ip_range" {
  description = "Range of the nodes' subnet, for host firewalls."
  value       = hcloud_network_subnet.nodes.ip_range
}

output "backup_ip_range" {
  description = "Range of the backup server's subnet, for host firewalls."
  value       = hcloud_network_subnet.backup.ip_range
}

output "nodes_firewall_id" {
  description = "Firewall of the nodes."
  value       = hcloud_firewall.nodes.id
}

output "backup_firewall_id" {
  description = "Firewall that lets nothing in; `BACKUP_FIREWALL_ID` of functions/backup."
  value       = hcloud_firewall.backup.id
}
