using TuneLab.Experiments.Files.Shapes;
using TuneLab.Scheduling.Presence;

namespace TuneLab.Scheduling.Settings.Sections;

internal sealed class IdleSection : SectionShape<IdleSettings>
{
    private readonly Key<Limit<TimeSpan>> _keyboard;
    private readonly Key<Limit<double>> _load;
    private readonly Key<Limit<double>> _pressure;
    private readonly Key<bool> _mains;
    private readonly Key<Limit<long>> _memory;

    public IdleSection()
    {
        var defaults = new IdleSettings();
        _keyboard = Default("keyboard", new LimitShape<TimeSpan>(new DurationShape()), new Limit<TimeSpan>(defaults.Keyboard), "How long nobody has used keyboard, mouse or terminal. ignore: somebody may sit there.");
        _load = Default("load", new LimitShape<double>(new NumberShape(new NumberLimits(0, MinOpen: true))), new Limit<double>(defaults.LoadPerCore), "The most load per core of other programs, averaged over a minute; TuneLab's own is taken off. ignore: any.");
        _pressure = Default("pressure", new LimitShape<double>(new NumberShape(new NumberLimits(0, 100, MinOpen: true))), new Limit<double>(defaults.Pressure), "The most percentage of the last ten seconds in which something waited for a processor (Linux; TuneLab's own waiting counts too). ignore: any.");
        _mains = Default("power", new NameShape<bool>([new("mains", true), new("ignore", false)]), defaults.Mains, "mains: not on battery. ignore: on battery too.");
        _memory = Default("memory", new LimitShape<long>(new MemoryShape()), new Limit<long>(defaults.FreeMemoryBytes), "The least memory that is free, like 2GB (units of 1024). ignore: any.");
    }

    protected override IdleSettings Build(SectionReader section) => new()
    {
        Keyboard = section.Get(_keyboard).Value,
        LoadPerCore = section.Get(_load).Value,
        Pressure = section.Get(_pressure).Value,
        Mains = section.Get(_mains),
        FreeMemoryBytes = section.Get(_memory).Value,
    };

    protected override void Put(SectionWriter section, IdleSettings value)
    {
        section.Put(_keyboard, new Limit<TimeSpan>(value.Keyboard));
        section.Put(_load, new Limit<double>(value.LoadPerCore));
        section.Put(_pressure, new Limit<double>(value.Pressure));
        section.Put(_mains, value.Mains);
        section.Put(_memory, new Limit<long>(value.FreeMemoryBytes));
    }
}
