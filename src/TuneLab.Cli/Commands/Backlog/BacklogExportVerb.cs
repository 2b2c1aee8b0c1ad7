using System.CommandLine;
using System.Text;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Reporting.Markdown;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog export</c>.</summary>
internal sealed class BacklogExportVerb : Verb
{
    private readonly Option<string?> _out = Options.Text("--out", "FILE", "Where to write. Default: standard output.");
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };

    public override string Name => "export";

    public override string Description => "Writes the whole backlog as Markdown, with what is done and dropped.";

    public override string Example => "tunelab backlog export\ntunelab backlog export -o BACKLOG.md --force";

    protected override void Declare(Command command)
    {
        _out.Aliases.Add("-o");
        command.Options.Add(_out);
        command.Options.Add(_force);
    }

    protected override int Run(Invocation call)
    {
        var items = BacklogListVerb.Items(call);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        BacklogMarkdown.Write(items, call.Environment.Time.LocalTimeZone, text);
        string? target = null;
        if (call.Value(_out) is { } file)
        {
            target = call.Environment.Resolve(file);
            TargetFile.Check(target, call.Value(_force));
            TargetFile.Write(target, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
        }

        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("items", items.Count);
                json.WriteString("file", target);
                json.WriteString("markdown", target is null ? text.ToString() : null);
                json.WriteEndObject();
            });
        }
        else if (target is null)
        {
            call.Output.Write(text.ToString());
        }
        else
        {
            call.Output.WriteLine($"Wrote {Words.Count(items.Count, "item")} to {target}.");
        }

        return ExitCode.Done;
    }
}
