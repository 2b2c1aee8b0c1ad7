using System.Text;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Storage.Work;

namespace TuneLab.Experiments.Backlog;

/// <summary>Writes the experiment file that a backlog item begins with: its question, what is believed and expected, and as a comment how it is to be tried. Every text is read back before it is given out.</summary>
public static class BacklogFile
{
    private const int LongestName = 40;

    /// <summary>A name for the item's experiment and its file, without extension: the first words of its question.</summary>
    public static string NameOf(BacklogItem item)
    {
        var name = new StringBuilder();
        foreach (var c in item.Question.ToLowerInvariant())
        {
            name.Append(char.IsLetterOrDigit(c) ? c : name.Length > 0 && name[^1] != '-' ? '-' : "");
        }

        var words = name.ToString().Trim('-');
        var cut = words.Length <= LongestName ? words : words[..(words.LastIndexOf('-', LongestName) is var at and > 0 ? at : LongestName)];
        return cut.Length > 0 ? cut : "backlog-" + item.Id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The file for a table.</summary>
    /// <param name="item">The item.</param>
    /// <param name="data">The table, as read.</param>
    /// <param name="request">What is known of it; the item's words are put into it.</param>
    /// <param name="target">Where the file will be, absolute.</param>
    /// <exception cref="InputException">The table or the label is wrong, or the item's expectation does not go with them.</exception>
    public static string ForTable(BacklogItem item, Dataset data, ExperimentFileRequest request, string target)
    {
        var text = ExperimentFileWriter.Write(data, request with { Question = item.Question, Hypothesis = item.Hypothesis ?? "", Expect = item.Expect, Preface = Preface(item) });
        _ = PlanReader.Read(text, target);
        return text;
    }

    /// <summary>The file that asks another question of what an experiment file has. Where it can, it keeps that file's words and comments; else it is the whole plan as JSON, with absolute paths.</summary>
    /// <param name="item">The item.</param>
    /// <param name="source">The experiment file to begin from, absolute.</param>
    /// <param name="target">Where the file will be, absolute.</param>
    /// <exception cref="InputException">That file is wrong, or the item's expectation does not go with it.</exception>
    public static string From(BacklogItem item, string source, string target)
    {
        var plan = PlanReader.ReadFile(source);
        var name = Path.GetFileNameWithoutExtension(target);
        var folder = Path.Combine(Path.GetDirectoryName(plan.Output.Folder) ?? plan.Output.Folder, name);
        var text = new PlanText(File.ReadAllText(source));
        text.Put("name", YamlScalar.Of(name), null);
        text.Put("question", YamlScalar.Of(item.Question), "name");
        text.Put("hypothesis", item.Hypothesis is { } hypothesis ? YamlScalar.Of(hypothesis) : null, "question");
        text.Put("expect", item.Expect, item.Hypothesis is null ? "question" : "hypothesis");
        text.Put("output", Output(plan.Output, Path.GetRelativePath(Path.GetDirectoryName(target)!, folder)), null);
        text.Preface(Preface(item));
        var wanted = plan with
        {
            Name = name,
            Question = item.Question,
            Hypothesis = item.Hypothesis,
            Expect = item.Expect is { } expect ? ExpectText.Read(expect, $"the expected answer of number {item.Id}") : new Expectation(),
            Output = plan.Output with { Folder = folder },
        };
        var json = string.Join('\n', [.. Preface(item), PlanJson.Write(wanted)]) + "\n";
        var read = PlanReader.Read(json, target); // says what does not go together
        return IsSame(text.ToString(), target, read) ? text.ToString() : json;
    }

    private static bool IsSame(string text, string target, ExperimentPlan wanted)
    {
        try
        {
            return PlanJson.Canonical(PlanReader.Read(text, target)) == PlanJson.Canonical(wanted);
        }
        catch (InputException)
        {
            return false; // a key in the middle of something, say
        }
    }

    private static string Output(OutputPlan output, string folder)
    {
        var text = new StringBuilder("{ folder: ").Append(YamlScalar.Of(folder.Replace('\\', '/')));
        var usual = new OutputPlan { Folder = "" };
        if (output.KeepModels != usual.KeepModels)
        {
            text.Append(", keep_models: ").Append(output.KeepModels);
        }

        if (output.Refit != usual.Refit)
        {
            text.Append(", refit: ").Append(output.Refit ? "true" : "false");
        }

        return text.Append(" }").ToString();
    }

    private static IReadOnlyList<string> Preface(BacklogItem item) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"# Number {item.Id} of the backlog, {Article(item.Kind)}.{(item.Setup is null ? "" : " How it is to be tried:")}"),
        .. (item.Setup ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => "#   " + l),
    ];

    private static string Article(BacklogKind kind) => kind switch
    {
        BacklogKind.Assumption => "an assumption to dispute",
        BacklogKind.Reframing => "another way to put the problem",
        BacklogKind.Test => "a test",
        _ => "a question",
    };
}
