using System.Security.Cryptography;
using System.Text;
using TuneLab.Experiments.Files;
using TuneLab.Space;

namespace TuneLab.Experiments;

/// <summary>
/// What makes two runs the same experiment: the resolved plan without name, prose, output folder, isolation, the folders of a program and how much it may take (time, trials, deadline, memory), and the fingerprint of the data or the program. The same identity resumes; a raised
/// budget goes on from there, because the stages that <c>auto</c> made are frozen when the experiment is created.
/// </summary>
internal static class ExperimentIdentity
{
    // raised when the same plan proposes other trials than before: an old experiment is then never continued by a search that would not have made it
    private const int SearchVersion = 6;

    /// <summary>SHA-256, 64 lower-case hex characters.</summary>
    public static string Of(ResolvedPlan resolved, string fingerprint)
    {
        var plan = PlanJson.Settled(resolved);
        var bare = plan with
        {
            File = null,
            Name = "",
            Question = null,
            Hypothesis = null,
            Command = plan.Command is null ? null : plan.Command with { Inputs = [] },
            Data = new DataPlan { File = "", Roles = plan.Data.Roles with { Ignore = [] } },
            Budget = plan.Budget with { Time = null, Trials = null, Deadline = null, MemoryBytes = null },
            Stages = resolved.StagesAreAuto ? [] : resolved.Stages,
            Isolate = false,
            Output = plan.Output with { Folder = "" },
        };
        var versions = string.Join(",", resolved.Trainers.Select(t => t.Trainer.Info.Id + "/" + t.Trainer.Info.Version.ToString(CultureInfo.InvariantCulture)
            + string.Concat(t.Space.Parameters.OfType<IntParameter>().Where(p => p.AtMostTwoTo is not null).Select(p => "/" + p.Name + "<=2^" + p.AtMostTwoTo))));
        var text = "experiment/" + SearchVersion.ToString(CultureInfo.InvariantCulture) + "\n" + fingerprint + "\n" + versions + "\n" + PlanJson.Canonical(bare);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
