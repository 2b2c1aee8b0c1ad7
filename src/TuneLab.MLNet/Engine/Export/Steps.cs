using Microsoft.ML;
using Microsoft.ML.Data;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>A chain of ML.NET transformers that grows step by step, each fitted on the schema that the ones before it leave.</summary>
/// <param name="context">Makes the estimators.</param>
/// <param name="input">The raw columns; its rows are never looked at.</param>
internal sealed class Steps(MLContext context, IDataView input)
{
    private readonly List<ITransformer> _all = [];
    private readonly List<string> _helpers = [];

    /// <summary>What the steps so far make of the input.</summary>
    public IDataView Now { get; private set; } = input;

    /// <summary>Makes the estimators.</summary>
    public MLContext Context => context;

    /// <summary>Adds a step that learns from no data, or from made-up rows.</summary>
    /// <param name="estimator">What to fit.</param>
    /// <param name="rows">What to fit it on; null: on nothing.</param>
    public void Add(IEstimator<ITransformer> estimator, IDataView? rows = null) => Add(estimator.Fit(rows ?? Now));

    /// <summary>Adds a fitted step.</summary>
    public void Add(ITransformer transformer)
    {
        _all.Add(transformer);
        Now = transformer.Transform(Now);
    }

    /// <summary>A name for a column that is dropped again at the end.</summary>
    public string Helper(string name)
    {
        _helpers.Add("tunelab." + name);
        return _helpers[^1];
    }

    /// <summary>The chain.</summary>
    public ITransformer Chain()
    {
        if (_helpers.Count > 0)
        {
            Add(context.Transforms.DropColumns([.. _helpers.Distinct().Where(h => Now.Schema.GetColumnOrNull(h) is not null)]));
        }

        return new TransformerChain<ITransformer>([.. _all]);
    }
}
