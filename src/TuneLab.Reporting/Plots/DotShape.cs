namespace TuneLab.Reporting.Plots;

/// <summary>Outlines of about the same area; none is a triangle, which says that a value lies beyond the axis.</summary>
internal enum DotShape
{
    Circle,
    Square,
    Diamond,
    Plus,
}
