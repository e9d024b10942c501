output "nodes" {
  description = "Each node's id, public and private addresses and location, for the Ansible inventory."
  value = {
    for name, server in hcloud_server.nodes : name => {
      id           = server.id
      public_ipv4  = server.ipv4_address
      public_ipv6  = server.ipv6_address
      private_ipv4 = hcloud_server_network.nodes[name].ip
      location     = server.location
    }
  }
}

output "public_ipv4_addresses" {
  description = "Public addresses by node, for DNS."
  value       = { for name, server in hcloud_server.nodes : name => server.ipv4_address }
}

output "ssh_key_names" {
  description = "Names of the SSH keys in the Hetzner project; one of them is `BACKUP_SSH_KEY` of functions/backup."
  value       = sort([for key in hcloud_ssh_key.operators : key.name])
}
