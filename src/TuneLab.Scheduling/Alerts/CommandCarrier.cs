using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Commands;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Alerts;

/// <summary>Runs a program with an alert's JSON on its standard input. Exit code 0 is a delivery. A program that takes too long is ended with its children; what it leaves behind is ended with it.</summary>
/// <param name="programs">Runs programs.</param>
/// <param name="folder">Where they run, absolute.</param>
/// <param name="time">The clock, for the timeout.</param>
public sealed class CommandCarrier(IProgramRunner programs, string folder, TimeProvider time) : IAlertCarrier
{
    /// <inheritdoc/>
    public AlertCarrier Kind => AlertCarrier.Command;

    /// <inheritdoc/>
    public Task<AlertAttempt> SendAsync(AlertChannel channel, Alert alert, int attempt, CancellationToken cancellation)
    {
        if (!ProgramWords.TryParse(channel.Target, out var words, out var fault))
        {
            return Task.FromResult(new AlertAttempt(false, "its command can't be read: " + fault));
        }

        using var limit = new CancellationTokenSource(channel.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var end = programs.Run(new ProgramCall(words, folder, new Dictionary<string, string> { ["TUNELAB_EVENT"] = alert.Event }, null) { Input = alert.Body + "\n" }, _ => true, either.Token);
            var code = string.Create(CultureInfo.InvariantCulture, $"exit code {end.ExitCode}");
            return Task.FromResult(end.ExitCode == 0 ? new AlertAttempt(true, code) : new AlertAttempt(false, end.LastError.Length > 0 ? code + ": " + end.LastError : code));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Task.FromResult(new AlertAttempt(false, string.Create(CultureInfo.InvariantCulture, $"it did not end within {channel.Timeout.TotalSeconds:0.###} s and was ended")));
        }
        catch (TuneLabException e)
        {
            return Task.FromResult(new AlertAttempt(false, e.Message));
        }
    }
}
