using TuneLab.Errors;
using TuneLab.Experiments.Answer;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Running;
using TuneLab.Storage;
using TuneLab.Training.Packaging;

namespace TuneLab.Experiments.Output;

/// <summary>The files of a run: the models, kept in the store too, and one per writer. All can be written again from the store.</summary>
internal sealed class RunOutputs(ITrialStore store, long id, ExperimentStart start, IReadOnlyList<IResultWriter> writers, IModelExporter exporter, MonitorGuard monitor, bool leavesFiles)
{
    /// <summary>The name of what a program leaves instead of a model.</summary>
    public const string BestName = "best.json";

    /// <summary>The name under which an experiment keeps its analysis.</summary>
    public const string AnalysisName = "analysis.json";

    /// <summary>What was analysed.</summary>
    public ExperimentAnalysis Analysis => (store.FindBlob(id, AnalysisName) is { } kept ? AnalysisJson.Read(kept) : null) ?? ExperimentAnalysis.None("it was stored by another version");

    /// <summary>Keeps what was analysed.</summary>
    public void Keep(ExperimentAnalysis analysis) => store.PutBlob(id, AnalysisName, AnalysisJson.Write(analysis));

    /// <summary>Keeps the models in the store, best first, the ensemble in the best one's zip, and the winner's predictions of the holdout; of a program its best configuration.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="ensemble">The ensemble; null: there is none.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="rows">[holdout] row indexes.</param>
    public void Keep(Answered answer, EnsembleExport? ensemble, ExperimentPlan plan, int[] rows)
    {
        if (plan.Command is { } command)
        {
            store.PutBlob(id, BestName, BestCommandJson.Write(command, plan.Name, answer.Best));
        }

        if (answer.Models is [{ Holdout: { } holdout }, ..])
        {
            store.PutBlob(id, StoredHoldout.BlobName, new StoredHoldout(rows, holdout).Write());
        }

        for (var i = 0; i < answer.Models.Count; i++)
        {
            var fitted = answer.Models[i];
            var (model, encoding) = fitted.Model!.Value;
            using var zip = new MemoryStream();
            exporter.Export(new ModelExport(Card(fitted, i == 0 ? answer.Best : null, plan), encoding, model) { Ensemble = i == 0 ? ensemble : null }, zip);
            store.PutBlob(id, ModelName(i), zip.ToArray());
        }
    }

    /// <summary>Where the files of this plan go, by kind.</summary>
    public IReadOnlyDictionary<string, string> Paths(OutputPlan output)
    {
        var files = new Dictionary<string, string>();
        for (var i = 0; i < output.KeepModels && store.FindBlob(id, ModelName(i)) is not null; i++)
        {
            files[i == 0 ? "model" : "model_" + (i + 1).ToString(CultureInfo.InvariantCulture)] = Path.Combine(output.Folder, ModelName(i));
        }

        if (store.FindBlob(id, BestName) is not null)
        {
            files["best"] = Path.Combine(output.Folder, BestName);
        }

        foreach (var writer in writers)
        {
            files[writer.Kind] = Path.Combine(output.Folder, writer.FileName);
        }

        return files;
    }

    /// <summary>Writes everything.</summary>
    public void Write(ExperimentResult result, IReadOnlyList<FinishedTrial> trials) => Write(result, trials, again: false);

    private void Write(ExperimentResult result, IReadOnlyList<FinishedTrial> trials, bool again)
    {
        if (!leavesFiles)
        {
            return; // an outer fold of nested cross-validation: what it found is told by the experiment that asked for it
        }

        var folder = start.Plan.Plan.Output.Folder;
        Directory.CreateDirectory(folder);
        for (var i = 0; i < start.Plan.Plan.Output.KeepModels && store.FindBlob(id, ModelName(i)) is { } zip; i++)
        {
            AtomicFile.Write(Path.Combine(folder, ModelName(i)), stream => stream.Write(zip));
        }

        if (store.FindBlob(id, BestName) is { } best)
        {
            AtomicFile.Write(Path.Combine(folder, BestName), stream => stream.Write(best));
        }

        var file = start.Plan.Plan.File;
        var environment = RunEnvironment.Read(file is null ? null : Path.GetDirectoryName(file));
        if (!again)
        {
            store.PutBlob(id, StoredRun.BlobName, StoredRun.Of(start, environment).Write());
        }

        var record = new RunRecord(start, result, trials, environment)
        {
            Analysis = Analysis,
        };
        Parallel.ForEach(writers, writer =>
        {
            try
            {
                AtomicFile.Write(Path.Combine(folder, writer.FileName), stream => writer.Write(record, stream));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                monitor.Tell(m => m.Note($"{writer.FileName} could not be written: {e.Message}"));
            }
        });
    }

    /// <summary>Reports a finished run again: nothing is computed, the files are written anew.</summary>
    public ExperimentResult Again(ExperimentResult stored)
    {
        var trials = store.Trials(id);
        var result = stored with
        {
            Experiment = start.Plan.Plan.Name,
            Trials = stored.Trials with { Cached = stored.Trials.Total },
            Evaluations = new EvaluationCounts(0, stored.Evaluations.Computed + stored.Evaluations.Cached) { RoundsAgain = stored.Evaluations.RoundsAgain },
            Seconds = stored.Seconds with { Fit = 0, Score = 0, Overhead = 0 },
            Files = Paths(start.Plan.Plan.Output),
        };
        Write(result, [.. trials.Select(t => t with { Cached = true })], again: true);
        monitor.Tell(m => m.Finished(result));
        return result;
    }

    private static string ModelName(int rank) => rank == 0 ? "model.zip" : "model-" + (rank + 1).ToString(CultureInfo.InvariantCulture) + ".zip";

    private ModelCard Card(FinalModel fitted, Contender? best, ExperimentPlan plan)
    {
        var trial = fitted.Trial;
        var (metric, table) = (start.Plan.Metric.Id, start.Table!);
        var scores = new Dictionary<string, double> { ["validation." + metric] = trial.Score };
        if (best is not null)
        {
            if (best.Confirm is { } confirm)
            {
                scores["confirm." + metric] = confirm.Mean;
            }

            foreach (var (name, value) in best.Scores.Where(_ => best.Holdout is not null))
            {
                scores["holdout." + name] = value;
            }
        }

        var trainer = start.Plan.Trainers.FirstOrDefault(t => t.Trainer.Info.Id == trial.Configuration.Trainer)
            ?? throw new TuneLabException($"The trainer '{trial.Configuration.Trainer}' is not in this experiment.");
        return new ModelCard
        {
            Task = table.Task,
            Label = table.Roles.Label,
            Classes = table.Classes,
            Trainer = trainer.Trainer.Info.Id,
            TrainerVersion = trainer.Trainer.Info.Version,
            Configuration = trial.Configuration.Canonical,
            Rounds = trial.Rounds,
            Metric = metric,
            Scores = scores,
            Seed = plan.Seed,
            Fingerprint = start.Fingerprint,
            Missing = plan.Data.Missing,
            Experiment = plan.Name,
            Plan = FrozenPlan.WriteForModel(start.Plan),
        };
    }
}
