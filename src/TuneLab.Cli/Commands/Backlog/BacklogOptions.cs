using System.CommandLine;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Experiments.Backlog;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary>What a backlog item says, as options of <c>add</c> and <c>edit</c>.</summary>
internal sealed class BacklogOptions
{
    private static readonly string[] Kinds = ["question", "assumption", "reframing", "test"];

    private readonly Option<string?> _expect = Options.Text("--expect", "ANSWER", "The expected answer: in words, or as an experiment file has it, by which it is then decided: \"{ beats: default, by: 0.01 }\".");
    private readonly Option<string?> _hypothesis = Options.Text("--hypothesis", "TEXT", "What one believes the answer to be, in words, beside an --expect in braces.");
    private readonly Option<int?> _impact = Options.Whole("--impact", "1-5", BacklogItem.Least, "How much the answer would change. Default: 3.", BacklogItem.Most);
    private readonly Option<int?> _effort = Options.Whole("--effort", "1-5", BacklogItem.Least, "How much work it is. Default: 3.", BacklogItem.Most);
    private readonly Option<string?> _setup = Options.Text("--setup", "TEXT|FILE", "How it is to be tried: in words, or the experiment file that it starts from.");
    private readonly Option<string?> _kind = Options.OneOf("--kind", Kinds, "A question, an assumption to dispute, another framing of the problem, or a test of the data or the tool. Default: question.");

    public void AddTo(Command command)
    {
        command.Options.Add(_expect);
        command.Options.Add(_hypothesis);
        command.Options.Add(_impact);
        command.Options.Add(_effort);
        command.Options.Add(_setup);
        command.Options.Add(_kind);
    }

    /// <summary>Whether one of them is given.</summary>
    public bool AnyGiven(Invocation call)
        => new[] { _expect, _hypothesis, _setup, _kind }.Any(o => call.Value(o) is not null) || call.Value(_impact) is not null || call.Value(_effort) is not null;

    /// <summary>The item with what is given put over it; an empty text takes away what was there.</summary>
    /// <exception cref="InputException">A text is none of what is allowed.</exception>
    public BacklogItem Put(Invocation call, BacklogItem item)
    {
        if (call.Value(_expect) is { } given)
        {
            var expect = OneLine(given);
            if (ExpectText.IsInBraces(expect))
            {
                _ = ExpectText.Read(expect, _expect.Name);
                item = item with { Expect = expect };
            }
            else if (call.Value(_hypothesis) is not null && expect.Length > 0)
            {
                throw new InputException($"--expect is '{expect}', which is in words as --hypothesis is.", "Give one of them, or --expect as an experiment file has it: \"{ beats: default, by: 0.01 }\".");
            }
            else
            {
                item = item with { Expect = null, Hypothesis = OrNull(expect) };
            }
        }

        var setup = call.Value(_setup) is { } text ? OrNull(text.Trim()) : item.Setup;
        return item with
        {
            Hypothesis = call.Value(_hypothesis) is { } hypothesis ? OrNull(OneLine(hypothesis)) : item.Hypothesis,
            Impact = call.Value(_impact) ?? item.Impact,
            Effort = call.Value(_effort) ?? item.Effort,
            Setup = setup is not null && BacklogStartVerb.IsFile(call, setup) ? call.Environment.Resolve(setup) : setup,
            Kind = call.Value(_kind) is { } kind ? (BacklogKind)Array.IndexOf(Kinds, kind) : item.Kind,
        };
    }

    /// <summary>A question on one line.</summary>
    /// <exception cref="InputException">It is empty.</exception>
    public static string Question(string text)
        => OneLine(text) is { Length: > 0 } question ? question : throw new InputException("The question is empty.", "Write what is to be found out: tunelab backlog add \"Does the postcode help?\".");

    /// <summary>A text with single blanks between its words.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
