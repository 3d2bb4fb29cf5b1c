import ArgumentParser
@main struct Invar: ParsableCommand { func run() { print("hi") } }
