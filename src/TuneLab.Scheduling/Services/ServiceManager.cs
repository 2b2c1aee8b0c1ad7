using System.Text;

namespace TuneLab.Scheduling.Services;

/// <summary>What starts programs by itself on one kind of system: the file that it wants, where that goes, and what makes it look at it. Pure but for its words.</summary>
public abstract class ServiceManager
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ServiceManager> All { get; } = [new SystemdManager(), new LaunchdManager(), new WindowsTaskManager()];

    /// <summary>The word for it on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What its file is called in a sentence: <c>systemd user unit</c>.</summary>
    public abstract string Title { get; }

    /// <summary>Whether this system has it.</summary>
    public abstract bool IsHere { get; }

    /// <summary>What a person ought to know besides.</summary>
    public abstract string Advice { get; }

    /// <summary>How its file is encoded. <value>UTF-8.</value></summary>
    public virtual Encoding Encoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Where its file goes.</summary>
    public abstract string FileIn(PersonalFolders folders);

    /// <summary>The content of its file.</summary>
    /// <param name="service">What is to run.</param>
    /// <param name="folders">The person's.</param>
    /// <exception cref="Errors.InputException">A text can't be written in it.</exception>
    public abstract string Write(WorkerService service, PersonalFolders folders);

    /// <summary>The programs that make it start the worker now and from now on, once the file is there; each with its arguments.</summary>
    public abstract IReadOnlyList<IReadOnlyList<string>> Install(string file);

    /// <summary>The programs that end the worker and make it forget it, before the file goes.</summary>
    public abstract IReadOnlyList<IReadOnlyList<string>> Uninstall(string file);

    /// <summary>The programs that are to run when the file is gone. <value>None.</value></summary>
    public virtual IReadOnlyList<IReadOnlyList<string>> Forget => [];
}
