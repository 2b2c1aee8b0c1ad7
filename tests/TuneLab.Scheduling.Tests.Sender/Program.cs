using System.Globalization;
using TuneLab.Experiments;
using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Permits;
using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Tests.Sender;
using TuneLab.Scheduling.Windows;
using TuneLab.Storage;

// STORE URL AHEAD [wait]   tells of every entry of the queue as a worker would, prints "raised", waits for a line where it is asked to, then sends until it is ended; its clock is AHEAD seconds ahead
var time = new ShiftedTime(TimeSpan.FromSeconds(double.Parse(args[2], CultureInfo.InvariantCulture)));
using var store = SqliteWorkStore.Open(args[0], time);
var settings = new AlertSettings([new AlertChannel { Carrier = AlertCarrier.Webhook, Target = args[1], On = [AlertEvent.Finished] }]);
var monitor = new AlertMonitor(store, settings, _ => null, new WorkPermits(WorkerSettings.Default(time), BuiltInWindows.Always, MachinePresence.Of(() => [], time), time), time);
foreach (var entry in store.Entries())
{
    monitor.Ended(entry, new SliceEnded(SliceEnd.Answered, entry.Reason, 1) { Answer = new SliceAnswer("supported", entry.Reason, "auc", 0.9, "boosting") });
}

Console.WriteLine("raised");
if (args.Length > 3)
{
    Console.ReadLine();
}

using var webhook = new WebhookCarrier(time);
using var sender = new AlertSender(store, settings, [webhook], time, Console.Error.WriteLine);
while (true)
{
    sender.Look();
    await Task.Delay(TimeSpan.FromMilliseconds(20), time).ConfigureAwait(false);
}
