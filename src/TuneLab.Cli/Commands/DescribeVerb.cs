using System.CommandLine;
using TuneLab.Analysis.Findings;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Data;
using TuneLab.Reporting.Terminal;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab describe</c>: what is in a table.</summary>
internal sealed class DescribeVerb : Verb
{
    private readonly Argument<string> _data = new("DATA") { Description = "The table (CSV)." };
    private readonly Option<string?> _label = Options.Text("--label", "COLUMN", "Says also what there is to learn when this column is predicted, how the others go together with it, and what is odd about the table.");

    public override string Name => "describe";

    public override string Description => "Shows the columns of a table: types, missing values, histograms, outliers, most frequent values, and columns that can't help.";

    public override string Example => "tunelab describe data-samples/churn.csv --label churned";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_data);
        command.Options.Add(_label);
    }

    protected override int Run(Invocation call)
    {
        var data = CsvDatasetReader.Read(call.Environment.Resolve(call.Value(_data)));
        var task = call.Value(_label) is { } label ? TaskTableBuilder.Build(data, new DataRoles { Label = label }) : null;
        var look = task is null ? null : TableLook.Of(task, PlannedSplit.Default(task), data);
        var profile = look?.Profile ?? DatasetProfiler.Profile(data);
        if (call.Json)
        {
            call.WriteJson(json => ProfileView.WriteJson(profile, task, look?.Findings, json));
        }
        else
        {
            ProfileView.WriteText(profile, task, call.Verbose, call.Output);
            if (look is { Findings.Count: > 0 })
            {
                call.Output.WriteLine();
                FindingLines.Write(look.Findings, call.Output);
            }
        }

        return ExitCode.Done;
    }
}
