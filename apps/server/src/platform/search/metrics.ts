import { Counter } from 'prom-client'

export const clusterAway = new Counter({ name: 'aliquot_search_cluster_away_total', help: 'Searches that Postgres answered because the cluster did not' })
