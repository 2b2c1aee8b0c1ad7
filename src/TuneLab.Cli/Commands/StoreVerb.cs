using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab store</c>: where the store is, how large, in which schema.</summary>
internal sealed class StoreVerb : Verb
{
    public override string Name => "store";

    public override string Description => "Says where the store is and why there, how large it is and which schema version it has.";

    public override string Example => "tunelab store";

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call)
    {
        var location = Stores.Locate(call, file: null);
        using var store = File.Exists(location.Path) ? Stores.OpenExisting(call, location) : null;
        var bytes = Size(location.Path) + Size(location.Path + "-wal");
        var version = store?.SchemaVersion;
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("path", location.Path);
                json.WriteString("reason", location.Reason);
                json.WriteNumber("bytes", bytes);
                json.WriteFinite("schema_version", version);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Output.WriteLine($"path            {location.Path}");
            call.Output.WriteLine($"chosen          {location.Reason}");
            call.Output.WriteLine($"size            {(version is null ? "not made yet: the first run makes it" : Words.Bytes(bytes))}");
            if (version is { } number)
            {
                call.Output.WriteLine("schema version  " + number.ToString(CultureInfo.InvariantCulture));
            }
        }

        return ExitCode.Done;
    }

    private static long Size(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;
}
