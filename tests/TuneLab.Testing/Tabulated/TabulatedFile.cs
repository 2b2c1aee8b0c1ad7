using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Space;

namespace TuneLab.Testing.Tabulated;

/// <summary>
/// Tabulated runs as a compressed CSV. The first line is <c>#</c> and one JSON object: table, fingerprint, trainer, seed, rounds, and the parameters of the space. Then a column for each parameter and <c>losses</c>,
/// single precision, separated by spaces.
/// </summary>
public static class TabulatedFile
{
    /// <summary>Writes them; the same runs give the same bytes.</summary>
    public static void Write(TabulatedRuns runs, Stream stream)
    {
        using var zip = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new StreamWriter(zip, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine("#" + new JsonObject
        {
            ["table"] = runs.Table,
            ["fingerprint"] = runs.Fingerprint,
            ["trainer"] = runs.Trainer,
            ["seed"] = runs.Seed,
            ["rounds"] = new JsonArray([.. runs.Rounds.Select(r => (JsonNode)r)]),
            ["space"] = new JsonArray([.. runs.Space.Parameters.Select(Describe)]),
        }.ToJsonString());
        writer.WriteLine(string.Join(',', runs.Space.Parameters.Select(p => p.Name).Append("losses")));
        foreach (var run in runs.Runs)
        {
            writer.WriteLine(string.Join(',', runs.Space.Parameters.Select(p => run.Configuration.Values[p.Name].ToString()).Append(string.Join(' ', run.Losses.Select(l => l.ToString("R", CultureInfo.InvariantCulture))))));
        }
    }

    /// <summary>Reads them back.</summary>
    public static TabulatedRuns Read(Stream stream)
    {
        using var zip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new StreamReader(zip, Encoding.UTF8);
        var head = JsonNode.Parse(reader.ReadLine()!.AsSpan(1).ToString())!;
        var space = new SearchSpace([.. head["space"]!.AsArray().Select(p => Parse(p!))]);
        var (trainer, runs) = ((string)head["trainer"]!, new List<TabulatedRun>());
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var configuration = new Configuration(trainer.Split('/')[0], space.Parameters.Zip(cells).Select(pair => KeyValuePair.Create(pair.First.Name, Value(pair.First, pair.Second))));
            runs.Add(new TabulatedRun(configuration, space.ToUnit(configuration), Array.ConvertAll(cells[^1].Split(' '), l => float.Parse(l, CultureInfo.InvariantCulture))));
        }

        return new TabulatedRuns((string)head["table"]!, (string)head["fingerprint"]!, trainer, (long)head["seed"]!, space, head["rounds"]!.Deserialize<int[]>()!, runs);
    }

    private static JsonObject Describe(Parameter parameter) => parameter switch
    {
        FloatParameter p => new JsonObject { ["float"] = p.Name, ["low"] = p.Low, ["high"] = p.High, ["log"] = p.Scale == Scale.Log },
        IntParameter p => new JsonObject { ["int"] = p.Name, ["low"] = p.Low, ["high"] = p.High, ["log"] = p.Scale == Scale.Log },
        ChoiceParameter p => new JsonObject { ["choice"] = p.Name, ["values"] = new JsonArray([.. p.Choices.Select(c => (JsonNode)c)]) },
        _ => throw new NotSupportedException($"A parameter like '{parameter.Name}' can't be tabulated."),
    };

    private static Parameter Parse(JsonNode from)
    {
        var scale = (bool?)from["log"] == true ? Scale.Log : Scale.Linear;
        return from["float"] is { } number ? new FloatParameter((string)number!, (double)from["low"]!, (double)from["high"]!, scale)
            : from["int"] is { } whole ? new IntParameter((string)whole!, (long)from["low"]!, (long)from["high"]!, scale)
            : new ChoiceParameter((string)from["choice"]!, from["values"]!.Deserialize<string[]>()!);
    }

    private static ParameterValue Value(Parameter parameter, string text)
        => parameter is ChoiceParameter ? text : double.Parse(text, CultureInfo.InvariantCulture);
}
