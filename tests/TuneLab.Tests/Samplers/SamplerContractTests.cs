using TuneLab.Samplers;
using TuneLab.Testing.Contracts;

namespace TuneLab.Tests.Samplers;

public sealed class RandomSamplerContractTests : SamplerContract
{
    protected override string Id => "random";
}

public sealed class GridSamplerContractTests : SamplerContract
{
    protected override string Id => "grid";
}

public sealed class LatinHypercubeSamplerContractTests : SamplerContract
{
    protected override string Id => "lhs";
}

public sealed class SobolSamplerContractTests : SamplerContract
{
    protected override string Id => "sobol";
}

public sealed class CmaEsSamplerContractTests : SamplerContract
{
    protected override string Id => "cma-es";
}

public sealed class TpeSamplerContractTests : SamplerContract
{
    protected override string Id => "tpe";
}

public sealed class DirectSearchSamplerContractTests : SamplerContract
{
    protected override string Id => "flow2";
}

public sealed class NelderMeadSamplerContractTests : SamplerContract
{
    protected override string Id => "nelder-mead";
}

public sealed class QuasiNewtonSamplerContractTests : SamplerContract
{
    protected override string Id => "quasi-newton";
}

public sealed class GaussianProcessSamplerContractTests : SamplerContract
{
    protected override string Id => "gp";
}

public sealed class SamplerCatalogTests
{
    [Fact]
    public void Ids_EveryOne_HasAContractTest()
    {
        var tested = typeof(SamplerCatalogTests).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SamplerContract))).Select(t => t.Name.Replace("ContractTests", ""));
        Assert.Equal(SamplerCatalog.Ids.Select(id => SamplerCatalog.Get(id).GetType().Name).Order(), tested.Order());
    }

    [Fact]
    public void Get_UnknownId_NamesTheNearest()
    {
        var error = Assert.Throws<Errors.InputException>(() => SamplerCatalog.Get("cmaes"));
        Assert.Equal("There is no sampler 'cmaes'; did you mean 'cma-es'? The samplers are: random, grid, lhs, sobol, cma-es, tpe, flow2, nelder-mead, quasi-newton, gp.", error.Message);
        Assert.Null(SamplerCatalog.Find("cmaes"));
    }
}
