using TuneLab.Analysis;
using TuneLab.Analysis.Holdout;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Experiments.Answer;

/// <summary>Analyses an answer, once it is drawn.</summary>
/// <param name="experiment">What was run.</param>
/// <param name="threads">How many threads it may use.</param>
/// <param name="ends">Why no more may be computed, as a sentence's end; null while there is time.</param>
internal sealed class AnswerAnalysis(LoadedExperiment experiment, int threads, Func<string?> ends)
{
    private readonly Seed _seed = new Seed((ulong)experiment.Resolved.Plan.Seed).Child("analysis");

    /// <summary>The analysis.</summary>
    public ExperimentAnalysis Of(Answered answer)
    {
        if (experiment.Data is null)
        {
            return ExperimentAnalysis.None("a program is tuned, whose data are its own");
        }

        if (answer.Models.Count == 0 || answer.Models[0].Holdout is not { } predictions)
        {
            return ExperimentAnalysis.None("no rows were held out (validate.holdout is 0)");
        }

        return new ExperimentAnalysis { Holdout = HoldoutAnalysis.Of(experiment.Table, experiment.Holdout, predictions, _seed), Features = Features(answer.Models[0]) };
    }

    private Analyzed<IReadOnlyList<FeatureImportance>> Features(FinalModel winner)
    {
        if (winner.Model is not { } fitted)
        {
            return Analyzed<IReadOnlyList<FeatureImportance>>.Not("the winner's model was not kept");
        }

        if (ends() is { } reason)
        {
            return Analyzed<IReadOnlyList<FeatureImportance>>.Not(reason);
        }

        var (table, metric) = (experiment.Table, (Metric)experiment.Resolved.Metric);
        var found = PermutationImportance.Of(table, experiment.Holdout, ColumnGroups.Of(table, experiment.Training), metric, Predict, _seed.Child("features"), () => ends() is null, threads);
        return found.Count == 0 ? Analyzed<IReadOnlyList<FeatureImportance>>.Not(ends() ?? "there is no column to shuffle") : new Analyzed<IReadOnlyList<FeatureImportance>>(found, null);

        double[] Predict(Dataset rows)
        {
            var values = new double[rows.RowCount * table.Outputs];
            fitted.Model.Predict(fitted.Encoding.Transform(rows), values);
            return values;
        }
    }
}
