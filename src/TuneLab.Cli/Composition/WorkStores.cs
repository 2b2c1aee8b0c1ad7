using TuneLab.Cli.Commands;
using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Composition;

/// <summary>Opens the queue of a call's store.</summary>
internal static class WorkStores
{
    /// <summary>For verbs that add: created when there is none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="file">The experiment file, or null.</param>
    public static IWorkStore Open(Invocation call, string? file) => SqliteWorkStore.Open(Stores.Locate(call, file).Path, call.Environment.Time);

    /// <summary>For verbs that change or show what is there.</summary>
    /// <exception cref="Errors.InputException">There is no store.</exception>
    public static IWorkStore OpenExisting(Invocation call) => SqliteWorkStore.OpenExisting(Stores.Locate(call, file: null).Path, call.Environment.Time);
}
