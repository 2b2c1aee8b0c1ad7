using System.Diagnostics;
using System.Globalization;
using TuneLab.Space;
using TuneLab.Testing;

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

    /// <summary>The losses of one search, in order.</summary>
    public List<double> Track(TestFunction function, int seed, int evaluations)
    {
        var space = function.Space;
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed} {evaluations} ") + string.Join(' ', space.Parameters.Cast<FloatParameter>().Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Low:R} {p.High:R}"))));
        var losses = new List<double>();
        for (var i = 0; i < evaluations; i++)
        {
            var values = _process.StandardOutput.ReadLine()!.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture));
            losses.Add(function.Evaluate(new Configuration("", space.Parameters.Zip(values).Select(pair => KeyValuePair.Create(pair.First.Name, (ParameterValue)pair.Second)))));
            _process.StandardInput.WriteLine(losses[^1].ToString("R", CultureInfo.InvariantCulture));
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
}
