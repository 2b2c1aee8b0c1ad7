global using System.Globalization;
global using TuneLab.Testing;
