using TuneLab.Errors;

namespace TuneLab.Storage.Tests;

public sealed class StoreLocatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _experiments;
    private readonly string _user;

    public StoreLocatorTests()
    {
        _experiments = Directory.CreateDirectory(_folder["project/configs/deep"]).FullName;
        _user = Directory.CreateDirectory(_folder["home"]).FullName;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Locate_OptionAndAllElse_OptionWins()
    {
        Touch("project/.tunelab/tunelab.db");
        var location = StoreLocator.Locate(_folder["mine.db"], _folder["other.db"], _experiments, _user);
        Assert.Equal(new StoreLocation(_folder["mine.db"], StoreRule.Option, "named by --store"), location);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Locate_EnvironmentWithoutOption_EnvironmentWins(string? option)
    {
        Touch("project/.tunelab/tunelab.db");
        var location = StoreLocator.Locate(option, _folder["other.db"], _experiments, _user);
        Assert.Equal(new StoreLocation(_folder["other.db"], StoreRule.Environment, "named by TUNELAB_STORE"), location);
    }

    [Fact]
    public void Locate_StoresAtSeveralLevels_NearestWins()
    {
        Touch(".tunelab/tunelab.db");
        var outer = StoreLocator.Locate(null, null, _experiments, _user);
        Assert.Equal((_folder[".tunelab/tunelab.db"], StoreRule.Project), (outer.Path, outer.Rule));
        Touch("project/configs/.tunelab/tunelab.db");
        Assert.Equal(_folder["project/configs/.tunelab/tunelab.db"], StoreLocator.Locate(null, "", _experiments, _user).Path);
        Touch("project/configs/deep/.tunelab/tunelab.db");
        Assert.Equal(_folder["project/configs/deep/.tunelab/tunelab.db"], StoreLocator.Locate(null, null, _experiments, _user).Path);
    }

    [Fact]
    public void Locate_FolderWithoutStore_IsPassedOver()
    {
        Directory.CreateDirectory(_folder["project/.tunelab"]);
        var location = StoreLocator.Locate(null, null, _experiments, _user);
        Assert.Equal((Path.Combine(_user, "tunelab", "tunelab.db"), StoreRule.User), (location.Path, location.Rule));
        Assert.Contains(_experiments, location.Reason);
    }

    [Fact]
    public void Locate_ExperimentFolderMissing_StillSearchesAbove()
    {
        Touch("project/.tunelab/tunelab.db");
        Assert.Equal(StoreRule.Project, StoreLocator.Locate(null, null, _folder["project/not/there"], _user).Rule);
    }

    [Fact]
    public void Locate_OptionIsAFolder_FileInIt()
    {
        Assert.Equal(Path.Combine(_user, "tunelab.db"), StoreLocator.Locate(_user, null, _experiments, _user).Path);
        Assert.Equal(_folder["new/tunelab.db"], StoreLocator.Locate(_folder["new"] + Path.DirectorySeparatorChar, null, _experiments, _user).Path);
    }

    [Theory]
    [InlineData("postgres://ada:secret@db/tunelab", null, "--store")]
    [InlineData(null, "PostgreSQL://ada:secret@db/tunelab", "TUNELAB_STORE")]
    public void Locate_Server_ComesLaterAndKeepsThePassword(string? option, string? environment, string named)
    {
        var error = Assert.Throws<InputException>(() => StoreLocator.Locate(option, environment, _experiments, _user));
        Assert.Contains(named, error.Message);
        Assert.Contains("come later", error.Message);
        Assert.DoesNotContain("secret", error.Message + error.Hint);
    }

    [Fact]
    public void Locate_NoUserFolder_AsksForAName()
    {
        var error = Assert.Throws<InputException>(() => StoreLocator.Locate(null, null, _experiments, ""));
        Assert.Contains("--store", error.Hint);
    }

    private void Touch(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], []);
    }
}
