/** The workflow run that the job runner's environment and the answers of the API describe, unless a test says otherwise. */
export const exampleRun = {
  owner: 'octo-org',
  repository: 'octo-org/octo-repo',
  repositoryId: 1296269,
  ownerId: 6811672,
  actor: 'octocat',
  actorId: 583231,
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  branch: 'main',
  workflow: 'CI',
  workflowPath: '.github/workflows/ci.yml',
  job: 'test',
  runId: 16512345678,
  runNumber: 42,
  runAttempt: 1,
  /** The job's id in the REST API, which `job.check_run_id` names. */
  jobId: 46698812345,
  runnerName: 'GitHub Actions 7',
  token: `ghs_${'exampleTokenOfAJob'.padEnd(36, '0')}`,
} as const
