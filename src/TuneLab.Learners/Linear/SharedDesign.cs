namespace TuneLab.Learners.Linear;

/// <summary>A design with the matrix of all rows of its fold.</summary>
internal sealed record SharedDesign(Design Design, DesignMatrix Matrix);
