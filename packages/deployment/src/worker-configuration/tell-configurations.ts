import { readFile } from 'node:fs/promises';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { WorkerConfigurationCommand } from '../deploy/read-command.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { parseOutputs, type TerraformOutputs } from '../environment/terraform-outputs.ts';
import type { Trouble } from '../programs/trouble.ts';
import { readOutputs, type TerraformOptions } from '../targets/terraform-target.ts';
import { allConfigurations, configurationPath, writeConfiguration } from './write-configurations.ts';

type TellConfigurations = Omit<TerraformOptions, 'environment'> & { readonly write: (line: string) => void };

/** `worker-configuration`: shows what the Workers of an environment are deployed with, or writes it for wrangler. */
export async function tellConfigurations(
  { environment, outputsFile, write: isWritten }: WorkerConfigurationCommand,
  parts: TellConfigurations,
): Promise<Result<void, Trouble>> {
  const values = await readEnvironment(parts.root, environment);
  if (!values.ok) return err({ sentence: values.error.sentence, nextStep: 'Mend the file.' });
  const outputs =
    outputsFile === undefined ? await readOutputs({ ...parts, environment }) : await outputsOf(outputsFile);
  if (!outputs.ok) return outputs;
  const made = await allConfigurations(parts.root, { values: values.value, outputs: outputs.value });
  if (!made.ok) return made;
  for (const [worker, configuration] of made.value) {
    if (isWritten) {
      await writeConfiguration(parts.root, environment, worker, configuration);
      parts.write(configurationPath(worker, environment));
    } else {
      parts.write(`// ${configurationPath(worker, environment)}\n${JSON.stringify(configuration, undefined, 2)}`);
    }
  }
  return ok(undefined);
}

async function outputsOf(file: string): Promise<Result<TerraformOutputs, Trouble>> {
  const nextStep = 'Make it by terraform -chdir=terraform/environments/ENV output -json > FILE.';
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return err({ sentence: `${file} cannot be read.`, nextStep });
  }
  const outputs = parseOutputs(text);
  return outputs.ok ? outputs : err({ sentence: outputs.error.sentence, nextStep });
}
