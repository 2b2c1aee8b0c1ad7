using System.Diagnostics;
using System.Text;
using TuneLab.Cli;
using TuneLab.Storage;

var time = TimeProvider.System;
var now = time.GetTimestamp();
var environment = new CliEnvironment
{
    WorkingDirectory = Environment.CurrentDirectory,
    Variable = Environment.GetEnvironmentVariable,
    Time = time,
    UserData = StoreLocator.UserData,
    IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
    Width = Console.IsOutputRedirected ? 0 : Console.WindowWidth,
    ProcessStart = StartOfProcess,
    Listen = StopSignals.OfProcess,
};

// Files and pipes get UTF-8 without a mark, whatever the machine's code page is.
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
return CliApp.Run(args, output, error, environment);

// The runtime was starting before Main was called: that counts into budget.time.
long? StartOfProcess()
{
    using var self = Process.GetCurrentProcess();
    var age = time.GetUtcNow() - self.StartTime.ToUniversalTime();
    var sinceMain = time.GetElapsedTime(now);
    // a clock that was set meanwhile makes the age meaningless
    return age > sinceMain && age < sinceMain + TimeSpan.FromMinutes(1) ? time.GetTimestamp() - (long)(age.TotalSeconds * time.TimestampFrequency) : now;
}
