namespace TuneLab.Data;

/// <summary>Where numbers lie; quantiles are interpolated linearly between the two nearest values.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Lower">The quantile 0.25.</param>
/// <param name="Median">The quantile 0.5.</param>
/// <param name="Upper">The quantile 0.75.</param>
/// <param name="Max">The largest.</param>
/// <param name="Mean">The arithmetic mean.</param>
public sealed record NumberSummary(double Min, double Lower, double Median, double Upper, double Max, double Mean);

/// <summary>Where dates lie.</summary>
/// <param name="First">The earliest.</param>
/// <param name="Last">The latest.</param>
public sealed record DateSummary(DateTime First, DateTime Last);

/// <summary>A level and how often it occurs.</summary>
/// <param name="Level">Its text.</param>
/// <param name="Count">The number of rows.</param>
public sealed record LevelCount(string Level, int Count);
