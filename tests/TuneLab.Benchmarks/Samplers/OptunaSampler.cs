using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Samplers;
using TuneLab.Space;

namespace TuneLab.Benchmarks.Samplers;

/// <summary>Optuna's multivariate TPE in a process of its own, which is told losses and answers with points.</summary>
internal sealed class OptunaSampler : IDisposable
{
    private readonly Process _process;

    private OptunaSampler(Process process) => _process = process;

    /// <summary>Starts it, or says why not.</summary>
    public static OptunaSampler? Start(TextWriter output) => Launch("Samplers/optuna_tpe.py", output) is { } process ? new OptunaSampler(process) : null;

    /// <summary>Starts a script with the first Python that has optuna, whose version is the first line that it prints; null where none has, which is said.</summary>
    public static Process? Launch(string script, TextWriter output)
    {
        foreach (var python in (string[])["python3", "/usr/bin/python3"])
        {
            var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, script)]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            try
            {
                var process = Process.Start(start)!;
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                if (process.StandardOutput.ReadLine() is { } version)
                {
                    output.WriteLine("Optuna " + version);
                    output.WriteLine();
                    return process;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // no such Python
            }
        }

        output.WriteLine("No Python with optuna: its column is left out.");
        output.WriteLine();
        return null;
    }

    /// <summary>Searches until it is told to end.</summary>
    /// <param name="space">What may be varied.</param>
    /// <param name="seed">Of its draws.</param>
    /// <param name="tell">The loss of a configuration, or null to end.</param>
    public void Search(SearchSpace space, int seed, Func<Configuration, double?> tell)
    {
        _process.StandardInput.WriteLine(new JsonObject { ["seed"] = seed, ["space"] = new JsonArray([.. space.Parameters.Select(Describe)]) }.ToJsonString());
        while (true)
        {
            var values = JsonNode.Parse(_process.StandardOutput.ReadLine()!)!.AsObject();
            var configuration = new Configuration("", values.Select(v => KeyValuePair.Create(v.Key, v.Value!.GetValueKind() == JsonValueKind.String ? (ParameterValue)v.Value.GetValue<string>() : v.Value.GetValue<double>())));
            if (tell(configuration) is not { } loss)
            {
                _process.StandardInput.WriteLine("end");
                return;
            }

            _process.StandardInput.WriteLine(loss.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Milliseconds of processor time a proposal after these trials, on average over ten batches.</summary>
    /// <param name="history">In the unit cube.</param>
    /// <param name="batch">How many proposals are made before their results are told.</param>
    public double Milliseconds(IReadOnlyList<Observation> history, int batch)
    {
        _process.StandardInput.WriteLine(new JsonObject
        {
            ["points"] = new JsonArray([.. history.Select(o => (JsonNode)new JsonArray([.. o.Point.Select(x => (JsonNode)x)]))]),
            ["losses"] = new JsonArray([.. history.Select(o => (JsonNode)o.Loss)]),
            ["batch"] = batch,
        }.ToJsonString());
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static JsonNode Describe(Parameter parameter)
    {
        var (low, high, log, step) = parameter switch
        {
            FloatParameter f => (f.Low, f.High, f.Scale == Scale.Log, f.Step),
            IntParameter i => (i.Low, i.High, i.Scale == Scale.Log, (double?)i.Step),
            _ => (0, 0, false, null),
        };
        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["low"] = low,
            ["high"] = high,
            ["log"] = log,
            ["step"] = step,
            ["whole"] = parameter is IntParameter,
            ["choices"] = parameter is ChoiceParameter c ? new JsonArray([.. c.Choices.Select(v => (JsonNode)v)]) : null,
            ["when"] = parameter.Condition is { } when ? new JsonArray(when.Parameter, new JsonArray([.. when.Values.Select(v => (JsonNode)v)])) : null,
        };
    }
}
