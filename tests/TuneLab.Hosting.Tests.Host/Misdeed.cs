namespace TuneLab.Hosting.Tests.Host;

/// <summary>What <see cref="RogueTrainer"/> does in a round instead of learning.</summary>
public enum Misdeed
{
    /// <summary>Nothing: it learns.</summary>
    None,

    /// <summary>Sleeps for ever and does not listen to cancellations.</summary>
    Sleep,

    /// <summary>Computes for ever and does not listen.</summary>
    Spin,

    /// <summary>Sleeps for ever when it is started.</summary>
    SleepAtStart,

    /// <summary>Sleeps for ever when it is asked for predictions.</summary>
    SleepAtPredict,

    /// <summary>Sleeps for ever when it is asked for its model.</summary>
    SleepAtComplete,

    /// <summary>Sleeps for ever when it is disposed.</summary>
    SleepAtDispose,

    /// <summary>Computes until it is cancelled.</summary>
    Listen,

    /// <summary>Computes until it may use another number of threads than at first.</summary>
    AwaitThreads,

    /// <summary>Takes memory until it is ended.</summary>
    Hog,

    /// <summary>Keeps 200 MB for ever, and learns.</summary>
    Leak,

    /// <summary>Keeps 200 MB, and sleeps for ever.</summary>
    LeakAndSleep,

    /// <summary>Ends the process with Environment.FailFast.</summary>
    FailFast,

    /// <summary>Ends the process with Environment.Exit.</summary>
    Exit,

    /// <summary>Throws on a thread of its own.</summary>
    ThrowElsewhere,

    /// <summary>Throws an exception that no contract names.</summary>
    Throw,

    /// <summary>Gives up without having been asked to.</summary>
    GiveUp,

    /// <summary>Asks for more memory than there is.</summary>
    OutOfMemory,

    /// <summary>Prints a lot to standard output and standard error, also through a process of its own and from native code, and learns.</summary>
    Chat,
}
