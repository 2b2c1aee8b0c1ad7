using System.Globalization;
using TuneLab.Storage;
using TuneLab.Storage.Tests.Writer;
using TuneLab.Testing.Stores;

// write STORE FIRST COUNT   adds that many evaluations and prints each key when it has been added
// lock STORE EXPERIMENT     prints held or refused, then stays until standard input ends
// count STORE ENTRY TIMES   counts a queue entry's priority up, reading it again whenever another process was faster; prints how often that was
// hold STORE NAME           takes a work store's lock as lock does
// freeze STORE              makes the content that is kept as a frozen store
using var store = SqliteTrialStore.Open(args[1], TimeProvider.System);
switch (args[0])
{
    case "write":
        var first = int.Parse(args[2], CultureInfo.InvariantCulture);
        var count = int.Parse(args[3], CultureInfo.InvariantCulture);
        for (var number = first; number < first + count; number++)
        {
            store.AddEvaluation(StoreSamples.Evaluation(number));
            Console.WriteLine(StoreSamples.Key(number));
        }

        return 0;
    case "lock":
        using (var held = store.TryLock(long.Parse(args[2], CultureInfo.InvariantCulture)))
        {
            Console.WriteLine(held is null ? "refused" : "held");
            Console.ReadLine();
        }

        return 0;
    case "count":
        using (var work = SqliteWorkStore.Open(args[1], TimeProvider.System))
        {
            var late = 0;
            for (var done = 0; done < int.Parse(args[3], CultureInfo.InvariantCulture);)
            {
                var entry = work.FindEntry(long.Parse(args[2], CultureInfo.InvariantCulture))!;
                var updated = work.TryUpdate(entry with { Priority = entry.Priority + 1 }) is not null;
                (done, late) = updated ? (done + 1, late) : (done, late + 1);
            }

            Console.WriteLine(late);
        }

        return 0;
    case "hold":
        using (var work = SqliteWorkStore.Open(args[1], TimeProvider.System))
        using (var held = work.TryLock(args[2]))
        {
            Console.WriteLine(held is null ? "refused" : "held");
            Console.ReadLine();
        }

        return 0;
    case "freeze":
        FrozenContent.Write(store);
        using (var work = SqliteWorkStore.Open(args[1], TimeProvider.System))
        {
            FrozenWork.Write(work);
        }

        return 0;
    default:
        Console.Error.WriteLine("Unknown verb '" + args[0] + "'.");
        return 2;
}
