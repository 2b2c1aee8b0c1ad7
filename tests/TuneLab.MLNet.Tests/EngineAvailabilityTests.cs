namespace TuneLab.MLNet.Tests;

public class EngineAvailabilityTests
{
    [SkippableFact]
    public void IsAvailable_PackagesRestored_LoadsMLContext()
    {
        Skip.IfNot(EngineAvailability.IsAvailable, EngineAvailability.HowToGet);

        var context = Type.GetType("Microsoft.ML.MLContext, Microsoft.ML.Data", throwOnError: true);

        Assert.NotNull(context);
    }

    [SkippableFact]
    public void Trainers_PackagesRestored_AreAllThatHaveAName()
    {
        Skip.IfNot(EngineAvailability.IsAvailable, EngineAvailability.HowToGet);

        Assert.Equal(MLNetTrainerIds.All, EngineAvailability.Trainers.Select(t => t.Info.Id));
    }

    [SkippableFact]
    public void StagedTuner_AutoMLRestored_IsATunerOfMLNets()
    {
#if !MLNETAUTOML
        Skip.If(true, "Microsoft.ML.AutoML could not be restored when this was built: what works with AutoMLExperiment (src/TuneLab.MLNet/AutoML) and its tests are left out. " + (EngineAvailability.IsAvailable ? "" : EngineAvailability.HowToGet));
#endif
        var tuner = typeof(EngineAvailability).Assembly.GetType("TuneLab.MLNet.AutoML.StagedTuner", throwOnError: true)!;

        Assert.Contains("Microsoft.ML.AutoML.ITuner", tuner.GetInterfaces().Select(i => i.FullName));
    }

    [Fact]
    public void HowToGet_Always_NamesThePackageAndTheSwitch()
    {
        Assert.Contains("Microsoft.ML", EngineAvailability.HowToGet, StringComparison.Ordinal);
        Assert.Contains("-p:MLNet=true", EngineAvailability.HowToGet, StringComparison.Ordinal);
    }
}
