using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Experiments.Comparing;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab compare</c>: experiments, or trials or trainers of one, tested against each other.</summary>
internal sealed class CompareVerb : Verb
{
    private readonly Argument<string[]> _things = new("WHAT")
    {
        Description = "Two or more experiments (file, number or name); with --of trials by their numbers or trainers by their names.",
        Arity = new ArgumentArity(2, 50),
    };

    private readonly Option<string?> _of = Options.Text("--of", StoredExperiments.HelpName, "Compare trials or trainers of this experiment.");

    public override string Name => "compare";

    public override string Description => "Tests experiments, trainers or trials against each other, from what is stored. Experiments on the same data are compared by their winners on the holdout, those on different data by how their trainers rank.";

    public override string Example => "tunelab compare boosting linear --of churn\ntunelab compare 12 31 --of churn\ntunelab compare churn churn-deep";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_things);
        command.Options.Add(_of);
    }

    protected override int Run(Invocation call)
    {
        var things = call.Value(_things)!;
        var of = call.Value(_of);
        var file = (of is null ? things : [of]).FirstOrDefault(word => StoredExperiments.IsFile(call, word));
        using var store = Stores.OpenExisting(call, Stores.Locate(call, file));
        ComparisonResult result;
        if (of is null)
        {
            result = Comparisons.OfExperiments(store, [.. things.Select(word => StoredExperiments.Find(call, store, word)).DistinctBy(r => r.Id) is var records && records.Count() > 1 ? records
                : throw new InputException("These are all the same experiment.", "Name two; trials or trainers of one are compared with --of.")]);
        }
        else
        {
            var record = StoredExperiments.Find(call, store, of);
            var numbers = things.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null).ToList();
            result = numbers.TrueForAll(n => n is not null) ? Comparisons.OfTrials(store, record, [.. numbers.Select(n => n!.Value)])
                : numbers.TrueForAll(n => n is null) ? Comparisons.OfTrainers(store, record, things)
                : throw new InputException("Trials (numbers) and trainers (names) can't be compared with each other.", "Name trials only, or trainers only; 'tunelab trials' shows which trial is a trainer's best.");
        }

        if (call.Json)
        {
            call.WriteJson(json => ComparisonView.WriteJson(result, json));
        }
        else
        {
            ComparisonView.WriteText(result, call.Output);
        }

        return ExitCode.Done;
    }
}
