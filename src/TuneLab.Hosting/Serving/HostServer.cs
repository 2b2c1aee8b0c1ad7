using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using TuneLab.Hosting.Protocol;
using TuneLab.Training;

namespace TuneLab.Hosting.Serving;

/// <summary>The inside of a host: takes requests from standard input and answers on standard output until the input ends.</summary>
public static class HostServer
{
    /// <summary>
    /// Serves the pool that started this process; for a program that does nothing else. Standard output belongs to the protocol: whatever trainers print goes to standard error. When the pool's
    /// process ends, so does this one, at once and also in the middle of a round.
    /// </summary>
    /// <param name="catalog">The trainers that runs may name; not hosted ones.</param>
    /// <returns>The exit code.</returns>
    public static int Run(TrainerCatalog catalog)
    {
        ParentWatch.DieWithParent();
        using var interrupt = Ignored(PosixSignal.SIGINT);
        using var terminate = Ignored(PosixSignal.SIGTERM);
        using var output = ProtocolOutput.Take();
        using var input = Console.OpenStandardInput();
        var writer = new MessageWriter<HostAnswer>(output, ProtocolJson.Default.HostAnswer);
        var requests = new BlockingCollection<PendingRequest>();
        var share = new ThreadShare(1);
        using var session = new HostedSession(catalog, share);
        new Thread(() => Listen(input, requests, share)) { IsBackground = true, Name = "protocol" }.Start();
        writer.Write(new HelloAnswer(HelloAnswer.Current));
        foreach (var request in requests.GetConsumingEnumerable())
        {
            Serve(session, request, writer);
        }

        return 0;
    }

    // Ctrl-C reaches every process of a terminal: what becomes of the trials then is for the pool's owner to say
    private static PosixSignalRegistration Ignored(PosixSignal signal) => PosixSignalRegistration.Create(signal, context => context.Cancel = true);

    private static void Serve(HostedSession session, PendingRequest request, MessageWriter<HostAnswer> writer)
    {
        HostAnswer? answer;
        ReadOnlyMemory<byte> payload = default;
        try
        {
            (answer, payload) = session.Do(request.Message, request.Cancellation.Token);
        }
        catch (Exception e) when (e is not (StackOverflowException or AccessViolationException))
        {
            answer = Failures.Of(e); // the run's failure, not the host's
        }
        finally
        {
            request.Busy = false;
        }

        if (answer is not null)
        {
            writer.Write(answer with { Bytes = payload.Length }, payload.Span);
        }
    }

    private static void Listen(Stream input, BlockingCollection<PendingRequest> requests, ThreadShare share)
    {
        PendingRequest? last = null;
        try
        {
            var reader = new MessageReader<HostRequest>(input, ProtocolJson.Default.HostRequest);
            while (reader.Read() is { } message)
            {
                switch (message.Line)
                {
                    case CancelNote:
                        last?.Cancellation.Cancel();
                        break;
                    case ThreadsNote threads:
                        share.Resize(threads.Threads);
                        break;
                    default:
                        requests.Add(last = new PendingRequest(message));
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Console.Error.WriteLine(e.Message); // as if the pipe had ended
        }

        requests.CompleteAdding();
        if (last is { Busy: true })
        {
            using var self = Process.GetCurrentProcess();
            self.Kill(); // nobody wants the answer, and what is under way may never end by itself
        }
    }

    /// <summary>A request on its way.</summary>
    private sealed class PendingRequest(Message<HostRequest> message)
    {
        private volatile bool _busy = true;

        public Message<HostRequest> Message { get; } = message;

        public CancellationTokenSource Cancellation { get; } = new();

        public bool Busy
        {
            get => _busy;
            set => _busy = value;
        }
    }
}
