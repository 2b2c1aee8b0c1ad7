using System.Diagnostics;
using System.Text.Json.Nodes;
using TuneLab.Benchmarks.Samplers;
using TuneLab.Space;
using TuneLab.Testing.Tabulated;

namespace TuneLab.Benchmarks.Tabulated;

/// <summary>Optuna's multivariate TPE among tabulated runs, in a process of its own; it sees each parameter with its own scale, and is told the runs that answered.</summary>
internal sealed class TabulatedOptuna : IDisposable
{
    private readonly Process _process;

    private TabulatedOptuna(Process process) => _process = process;

    /// <summary>Starts it, or says why not.</summary>
    public static TabulatedOptuna? Start(TextWriter output) => OptunaSampler.Launch("Tabulated/optuna_tabulated.py", output) is { } process ? new TabulatedOptuna(process) : null;

    /// <summary>The losses of one search, in order, until one is at the goal: a proposal costs Optuna tens of milliseconds.</summary>
    public List<double> Losses(TabulatedRuns runs, int seed, int evaluations, double goal)
    {
        var (search, losses, space) = (new TabulatedSearch(runs), new List<double>(), runs.Space);
        Write(new JsonObject { ["seed"] = seed, ["evaluations"] = evaluations, ["parameters"] = new JsonArray([.. space.Parameters.Select(Describe)]) });
        while (losses.Count < evaluations && !losses.Exists(l => l <= goal))
        {
            var asked = JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("optuna_tabulated.py ended."))!;
            var proposal = new Configuration("", space.Parameters.Select(p => KeyValuePair.Create(p.Name, p is ChoiceParameter ? (ParameterValue)(string)asked[p.Name]! : (double)asked[p.Name]!)));
            var run = search.Take(space.ToUnit(proposal))!;
            losses.Add(run.Loss);
            Write(new JsonObject { ["values"] = new JsonObject(run.Configuration.Values.Select(v => KeyValuePair.Create(v.Key, Value(v.Value)))), ["loss"] = run.Loss, ["last"] = run.Loss <= goal });
        }

        return losses;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static JsonNode? Value(ParameterValue value) => value.Name is { } name ? name : double.IsInteger(value.Number) ? (long)value.Number : value.Number;

    private static JsonObject Describe(Parameter parameter) => parameter switch
    {
        FloatParameter p => new JsonObject { ["name"] = p.Name, ["whole"] = false, ["low"] = p.Low, ["high"] = p.High, ["log"] = p.Scale == Scale.Log },
        IntParameter p => new JsonObject { ["name"] = p.Name, ["whole"] = true, ["low"] = p.Low, ["high"] = p.High, ["log"] = p.Scale == Scale.Log },
        ChoiceParameter p => new JsonObject { ["name"] = p.Name, ["choices"] = new JsonArray([.. p.Choices.Select(c => (JsonNode)c)]) },
        _ => throw new NotSupportedException($"A parameter like '{parameter.Name}' has no counterpart in Optuna here."),
    };

    private void Write(JsonObject line) => _process.StandardInput.WriteLine(line.ToJsonString());
}
