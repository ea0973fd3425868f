const steps = Array.from({ length: 14 }, (_, index) => ({
  name: index < 13 ? `Step ${index + 1}` : 'Post Build Stats',
  number: index + 1,
  status: index < 13 ? 'completed' : 'in_progress',
  conclusion: index < 13 ? 'success' : null,
  started_at: '2026-01-05T10:00:05Z',
  completed_at: index < 13 ? '2026-01-05T10:00:15Z' : null,
}))

/** What `GET /repos/{owner}/{repo}/actions/jobs/{id}` answers while the job runs. */
export const gitHubJob = {
  id: 123,
  run_id: 4242,
  run_attempt: 1,
  head_branch: 'main',
  head_sha: '2446725000000000000000000000000000000000',
  workflow_name: 'CI',
  name: 'test',
  status: 'in_progress',
  conclusion: null,
  created_at: '2026-01-05T10:00:00Z',
  started_at: '2026-01-05T10:00:04Z',
  completed_at: null,
  url: 'https://api.github.com/repos/acme/widgets/actions/jobs/123',
  html_url: 'https://github.com/acme/widgets/actions/runs/4242/job/123',
  labels: ['ubuntu-latest'],
  runner_id: 7,
  runner_name: 'GitHub Actions 7',
  runner_group_id: 1,
  runner_group_name: 'GitHub Actions',
  steps,
}
